package io.roomcast.chat.socketio.internal.settings;

import static io.roomcast.chat.socketio.docs.GeneratedTable.code;

import io.roomcast.chat.model.FixedLimits;
import io.roomcast.chat.socketio.docs.GeneratedTable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The documents' tables of settings and limits are the registers'. */
class DocumentedSettingsTest {
    @Test
    void table_of_settings_is_current() throws Exception {
        GeneratedTable table = GeneratedTable.of("settings", "variable", "builder", "default", "values", "meaning");
        for (Setting setting : ServerSettings.ALL) {
            table.with(
                    code(setting.variable()),
                    code(setting.method()),
                    setting.defaultText(),
                    setting.range(),
                    setting.meaning());
        }
        table.isInTheDocument();
    }

    @Test
    void table_of_limits_is_current() throws Exception {
        GeneratedTable table =
                GeneratedTable.of("limits", "variable", "builder", "default", "unit", "range", "meaning");
        for (Setting limit : LimitSettings.ALL) {
            table.with(
                    code(limit.variable()),
                    code(limit.method()),
                    limit.defaultText(),
                    limit.unit(),
                    limit.range(),
                    limit.meaning());
        }
        table.isInTheDocument();
    }

    @Test
    void table_of_fixed_limits_is_current() throws Exception {
        String source = Files.readString(Path.of("../chat-core/src/main/java/io/roomcast/chat/model/FixedLimits.java"));
        GeneratedTable table = GeneratedTable.of("fixed-limits", "value", "limit");
        for (Field limit : FixedLimits.class.getFields()) {
            if (Modifier.isStatic(limit.getModifiers())) {
                table.with(String.format(Locale.ROOT, "%,d", limit.getInt(null)), meaning(source, limit.getName()));
            }
        }
        table.isInTheDocument();
    }

    /** Returns the constant's Javadoc without its value. */
    private static String meaning(String source, String name) {
        String before = source.substring(0, source.indexOf(" */\n    public static final int " + name + " ="));
        return before.substring(before.lastIndexOf("/** The ") + "/** The ".length())
                .replace(": {@value}.", "");
    }
}
