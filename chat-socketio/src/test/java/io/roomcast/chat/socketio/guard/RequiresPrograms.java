package io.roomcast.chat.socketio.guard;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Skips a class if a program is missing. Fails it instead if the environment variable CI is true. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(ProgramCondition.class)
public @interface RequiresPrograms {
    /** Returns the names of the programs, each of which is also that of its Debian package and knows {@code -v}. */
    String[] value();
}
