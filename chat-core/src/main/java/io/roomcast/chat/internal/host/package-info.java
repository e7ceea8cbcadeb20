/** Carries out the calls of the host that are not commands, under the same rules. Safe for use by any thread. */
@NullMarked
package io.roomcast.chat.internal.host;

import org.jspecify.annotations.NullMarked;
