/** The head: the part of the database that is in memory. */
@NullMarked
package io.narthex.storage.tsdb.internal.head;

import org.jspecify.annotations.NullMarked;
