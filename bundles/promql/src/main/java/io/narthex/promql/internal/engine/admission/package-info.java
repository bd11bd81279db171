/** Who may run, on which threads, with how much memory. */
@NullMarked
package io.narthex.promql.internal.engine.admission;

import org.jspecify.annotations.NullMarked;
