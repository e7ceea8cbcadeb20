package io.roomcast.chat.testkit;

import java.util.List;

/** Numbers that a store changes if it reads metadata as numbers of its own. */
final class MetadataNumbers {
    static final List<String> EDGES = List.of(
            "-0.0",
            "-0",
            "0.0",
            "1.0",
            "1.10",
            "1e5",
            "1E+5",
            "1e308",
            "1.7976931348623157e308",
            "5e-324",
            "1e-400",
            "9007199254740991",
            "9007199254740993",
            "-9223372036854775809",
            "123456789012345678901234567890",
            "0.1234567890123456789012345");

    private MetadataNumbers() {}
}
