package io.roomcast.chat.socketio.internal.channel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a type or method that is used on one event loop only, which is the loop of its connection unless the Javadoc
 * names another one.
 *
 * <p>The fields of such a type need no lock and no {@code volatile}. Methods of it that other threads may call say so
 * in their Javadoc. A caller on another thread submits a task to the event loop.
 */
@Documented
@Retention(RetentionPolicy.SOURCE)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface EventLoopConfined {}
