/** The records in the write-ahead log. */
@NullMarked
package io.narthex.storage.tsdb.internal.record;

import org.jspecify.annotations.NullMarked;
