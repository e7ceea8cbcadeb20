package io.roomcast.examples.chatserver;

import com.mongodb.ConnectionString;

/**
 * Where MongoDB is. Immutable; its text shows neither user, password nor options.
 *
 * @param value the connection string as it was given
 */
record MongoUri(String value) {
    static MongoUri read(Environment environment, String value) {
        MongoUri uri = new MongoUri(value);
        if (!uri.isSound()) {
            environment.mistake("MONGODB_URI", uri.toString(), "mongodb://host[:port]/database or mongodb+srv://…");
        }
        return uri;
    }

    /** A {@code mongodb+srv} string is not parsed here, because that asks the name server. */
    private boolean isSound() {
        if (value.startsWith("mongodb+srv://")) {
            return value.length() > "mongodb+srv://".length();
        }
        try {
            return new ConnectionString(value).getDatabase() != null;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    @Override
    public String toString() {
        return redact(value);
    }

    /** A URL without what stands before its last {@code @} and after its {@code ?}, where secrets are. */
    static String redact(String url) {
        return url.replaceFirst("^([a-zA-Z+]*://)?.*@", "$1***@").replaceFirst("\\?.*", "");
    }
}
