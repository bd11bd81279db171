/** The local time series database as a component and an actor. */
@NullMarked
package io.narthex.storage.tsdb.internal;

import org.jspecify.annotations.NullMarked;
