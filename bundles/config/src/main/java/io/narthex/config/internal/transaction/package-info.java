/** Reload transactions: read, prepare every module, commit all or leave everything as it was. */
@NullMarked
package io.narthex.config.internal.transaction;

import org.jspecify.annotations.NullMarked;
