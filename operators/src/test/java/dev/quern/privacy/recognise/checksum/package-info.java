/** Tests of schemes of check digits. */
@NullMarked
package dev.quern.privacy.recognise.checksum;

import org.jspecify.annotations.NullMarked;
