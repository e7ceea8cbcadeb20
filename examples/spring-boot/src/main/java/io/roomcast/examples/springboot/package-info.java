/**
 * A Spring Boot application with an embedded chat; start at {@link io.roomcast.examples.springboot.ChatLifecycle}.
 *
 * <p>The other classes connect the chat to the application's users, database, health and web endpoints.
 */
@NullMarked
package io.roomcast.examples.springboot;

import org.jspecify.annotations.NullMarked;
