/** Functions over ranges of samples. */
@NullMarked
package io.narthex.promql.internal.engine.range;

import org.jspecify.annotations.NullMarked;
