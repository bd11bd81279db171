/** Arithmetic of native histograms. */
@NullMarked
package io.narthex.promql.internal.engine.histogram;

import org.jspecify.annotations.NullMarked;
