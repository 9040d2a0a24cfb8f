/** Tests of {@link dev.quern.privacy.recognise.cn}. */
@NullMarked
package dev.quern.privacy.recognise.cn;

import org.jspecify.annotations.NullMarked;
