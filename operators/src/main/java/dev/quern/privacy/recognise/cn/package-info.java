/** Recognisers of mainland China; read {@link dev.quern.privacy.recognise.cn.ChinesePack} first. */
@NullMarked
package dev.quern.privacy.recognise.cn;

import org.jspecify.annotations.NullMarked;
