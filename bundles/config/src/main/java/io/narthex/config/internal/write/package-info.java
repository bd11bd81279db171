/** The configuration written as YAML, field for field as the reference writes its own. */
@NullMarked
package io.narthex.config.internal.write;

import org.jspecify.annotations.NullMarked;
