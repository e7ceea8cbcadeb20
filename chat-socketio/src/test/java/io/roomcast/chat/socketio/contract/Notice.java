package io.roomcast.chat.socketio.contract;

/**
 * An event of the server.
 *
 * @param name the name of the event
 * @param summary a sentence about the event
 * @param payload the type of the argument
 */
record Notice(String name, String summary, Named payload) {
    static Notice of(String name, String summary, Type payload) {
        String title = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        return new Notice(name, summary, new Named(title + "Event", "The argument of " + name + ".", payload));
    }
}
