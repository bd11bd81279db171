/** YAML read strictly, with the scalar rules of the reference and with positions. */
@NullMarked
package io.narthex.config.internal.yaml;

import org.jspecify.annotations.NullMarked;
