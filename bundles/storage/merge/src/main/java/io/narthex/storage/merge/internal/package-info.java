/** Several sources of series as one. */
@NullMarked
package io.narthex.storage.merge.internal;

import org.jspecify.annotations.NullMarked;
