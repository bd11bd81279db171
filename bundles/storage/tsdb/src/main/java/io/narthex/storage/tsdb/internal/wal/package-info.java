/** The framing of the write-ahead log: segments, pages, fragments, compression and repair. */
@NullMarked
package io.narthex.storage.tsdb.internal.wal;

import org.jspecify.annotations.NullMarked;
