/**
 * The contract of {@link io.roomcast.chat.spi.ChatStore} as tests: a store's author extends
 * {@link io.roomcast.chat.testkit.ChatStoreContract}. Published as the artifact {@code chat-core} of the type
 * {@code test-jar}. It needs JUnit Jupiter, AssertJ and Awaitility of the host.
 */
@NullMarked
package io.roomcast.chat.testkit;

import org.jspecify.annotations.NullMarked;
