/** Out-of-order samples in memory: per series a few sorted ones, and chunks of older ones. */
@NullMarked
package io.narthex.storage.tsdb.internal.ooo;

import org.jspecify.annotations.NullMarked;
