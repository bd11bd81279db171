/**
 * From the syntax tree to operators: times, shared selections, parts that are the same at every
 * step.
 */
@NullMarked
package io.narthex.promql.internal.engine.plan;

import org.jspecify.annotations.NullMarked;
