/** Memory outside the heap, in pages and blocks. */
@NullMarked
package io.narthex.storage.tsdb.internal.memory;

import org.jspecify.annotations.NullMarked;
