/** Opens and closes sessions, authenticates them, and decides in whose name and whether a command may run. */
@NullMarked
package io.roomcast.chat.internal.session;

import org.jspecify.annotations.NullMarked;
