/** Targets that stand in files. */
@NullMarked
package io.narthex.discovery.file.internal;

import org.jspecify.annotations.NullMarked;
