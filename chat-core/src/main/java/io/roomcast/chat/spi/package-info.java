/** The ports that a host or an adapter can implement, with simple implementations beside them. */
@NullMarked
package io.roomcast.chat.spi;

import org.jspecify.annotations.NullMarked;
