package io.roomcast.chat.socketio.contract;

/**
 * What a client may be told.
 *
 * @param name the event
 * @param says what it tells, in one sentence
 * @param payload its argument
 */
record Notice(String name, String says, Named payload) {
    static Notice of(String name, String says, Type payload) {
        String title = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        return new Notice(name, says, new Named(title + "Event", "The argument of " + name + ".", payload));
    }
}
