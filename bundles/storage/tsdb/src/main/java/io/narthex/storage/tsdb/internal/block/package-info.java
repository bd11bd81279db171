/** Blocks: directories of chunks and an index over them, which are written once. */
@NullMarked
package io.narthex.storage.tsdb.internal.block;

import org.jspecify.annotations.NullMarked;
