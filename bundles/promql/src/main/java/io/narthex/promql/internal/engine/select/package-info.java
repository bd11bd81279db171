/** Selections of series and the decoding of their samples. */
@NullMarked
package io.narthex.promql.internal.engine.select;

import org.jspecify.annotations.NullMarked;
