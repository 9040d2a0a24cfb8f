/** Tests of recognisers of users. */
@NullMarked
package dev.quern.privacy.recognise.own;

import org.jspecify.annotations.NullMarked;
