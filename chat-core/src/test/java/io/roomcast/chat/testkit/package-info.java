/** What every implementation of a port must pass; a store begins with {@link io.roomcast.chat.testkit.ChatStoreContract}. */
@NullMarked
package io.roomcast.chat.testkit;

import org.jspecify.annotations.NullMarked;
