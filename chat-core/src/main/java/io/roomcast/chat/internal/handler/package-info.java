/** Does what each command asks for. Handlers run on workers, in the conversation's order. */
@NullMarked
package io.roomcast.chat.internal.handler;

import org.jspecify.annotations.NullMarked;
