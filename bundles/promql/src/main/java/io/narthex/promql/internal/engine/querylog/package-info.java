/** The log of queries: a file of JSON lines. */
@NullMarked
package io.narthex.promql.internal.engine.querylog;

import org.jspecify.annotations.NullMarked;
