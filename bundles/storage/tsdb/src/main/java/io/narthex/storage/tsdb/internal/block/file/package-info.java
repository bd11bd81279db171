/** Files of blocks as bytes: written once from front to end, read in place. */
@NullMarked
package io.narthex.storage.tsdb.internal.block.file;

import org.jspecify.annotations.NullMarked;
