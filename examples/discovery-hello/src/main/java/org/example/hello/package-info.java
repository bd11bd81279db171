/** A discovery provider for plug-in authors to start from. */
@NullMarked
package org.example.hello;

import org.jspecify.annotations.NullMarked;
