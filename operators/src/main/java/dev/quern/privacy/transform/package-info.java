/**
 * What stands in place of personal data. Read {@link dev.quern.privacy.transform.SpanMapping}, then
 * {@link dev.quern.privacy.transform.Replacement}.
 */
@NullMarked
package dev.quern.privacy.transform;

import org.jspecify.annotations.NullMarked;
