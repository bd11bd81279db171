/** Configuration Admin entries, read as parts of a configuration file. */
@NullMarked
package io.narthex.config.internal.entry;

import org.jspecify.annotations.NullMarked;
