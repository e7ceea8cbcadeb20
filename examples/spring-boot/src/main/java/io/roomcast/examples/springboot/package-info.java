/**
 * A Spring Boot application with a chat inside. {@link io.roomcast.examples.springboot.ChatLifecycle} is the heart of it;
 * the rest ties the chat to what the application has anyway: its users, its database, its health, its web endpoints.
 */
@NullMarked
package io.roomcast.examples.springboot;

import org.jspecify.annotations.NullMarked;
