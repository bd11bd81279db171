/** The file layer: the only way by which the database changes its directory. */
@NullMarked
package io.narthex.storage.tsdb.internal.disk;

import org.jspecify.annotations.NullMarked;
