/** Making blocks: of the head, of other blocks, without what was deleted. */
@NullMarked
package io.narthex.storage.tsdb.internal.compact;

import org.jspecify.annotations.NullMarked;
