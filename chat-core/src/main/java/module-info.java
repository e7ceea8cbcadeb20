/** Event contracts, validation, limits and room logic of Roomcast, behind interfaces. */
module io.roomcast.chat.core {
    requires org.slf4j;
    requires static com.google.errorprone.annotations;
    requires static org.jspecify;

    exports io.roomcast.chat;
    exports io.roomcast.chat.command;
    exports io.roomcast.chat.event;
    exports io.roomcast.chat.model;
    exports io.roomcast.chat.spi;
}
