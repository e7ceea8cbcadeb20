package io.roomcast.examples.chatserver;

import com.mongodb.ConnectionString;

/**
 * The connection string of MongoDB. Immutable. {@link #toString} shows neither user, password nor options.
 *
 * @param value the connection string
 */
record MongoAddress(String value) {
    /** Checks a connection string; adds an error if it is invalid. */
    static MongoAddress read(Environment environment, String value) {
        MongoAddress address = new MongoAddress(value);
        if (!address.isValid()) {
            environment.addError(
                    "MONGODB_URI", address.toString(), "mongodb://host[:port]/database or mongodb+srv://…");
        }
        return address;
    }

    /** Does not parse a {@code mongodb+srv} string, because that queries the name server. */
    private boolean isValid() {
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

    /** Returns the URL without the parts before its last {@code @} and after its {@code ?}, which may contain secrets. */
    static String redact(String url) {
        return url.replaceFirst("^([a-zA-Z+]*://)?.*@", "$1***@").replaceFirst("\\?.*", "");
    }
}
