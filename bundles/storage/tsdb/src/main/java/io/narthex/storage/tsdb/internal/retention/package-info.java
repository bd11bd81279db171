/** Which blocks are no longer kept. */
@NullMarked
package io.narthex.storage.tsdb.internal.retention;

import org.jspecify.annotations.NullMarked;
