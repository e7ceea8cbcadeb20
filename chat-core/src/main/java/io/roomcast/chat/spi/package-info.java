/** What a host or an adapter may replace: one interface for each role, its simple implementations beside it. */
@NullMarked
package io.roomcast.chat.spi;

import org.jspecify.annotations.NullMarked;
