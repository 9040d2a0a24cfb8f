/**
 * Recognisers of numbers of Australia, Africa and the Americas beside the United States; read
 * {@link dev.quern.privacy.recognise.others.OtherPack} first.
 */
@NullMarked
package dev.quern.privacy.recognise.others;

import org.jspecify.annotations.NullMarked;
