/**
 * The files that hold a block's chunks.
 *
 * <pre>
 * segment := magic(85BD40DD) version(1) 0(3) chunk*
 * chunk   := length(uvarint) encoding(1) data[length] crc32c(encoding data)
 * </pre>
 *
 * A chunk is referred to by the number of its segment, from zero on, in the high 32 bits, and its
 * offset in there in the low ones. Files are named from 000001 on.
 */
@NullMarked
package io.narthex.storage.tsdb.internal.block.chunkfile;

import org.jspecify.annotations.NullMarked;
