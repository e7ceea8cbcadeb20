package io.roomcast.chat.socketio.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.roomcast.chat.model.FixedLimits;
import io.roomcast.chat.model.Limit;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Rate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The JSON of a server's limits and rates. Every session of the server receives the same, so it is encoded once.
 */
public final class LimitsJson {
    /** The last result. Servers in one process that have different limits replace each other's. */
    private static volatile LimitsJson last = encode(Limits.defaults(), List.of());

    private final Limits limits;
    private final List<Rate> rates;
    private final SerializedString json;

    private LimitsJson(Limits limits, List<Rate> rates, SerializedString json) {
        this.limits = limits;
        this.rates = rates;
        this.json = json;
    }

    /** Returns the JSON object of the limits, with the rates in it. */
    public static SerializedString of(Limits limits, List<Rate> rates) {
        LimitsJson known = last;
        if (!known.limits.equals(limits) || !known.rates.equals(rates)) {
            known = encode(limits, rates);
            last = known;
        }
        return known.json;
    }

    private static LimitsJson encode(Limits limits, List<Rate> rates) {
        ByteBuf buffer = Unpooled.buffer();
        Json.write(buffer, json -> {
            json.writeStartObject();
            limits(json, limits);
            rates(json, rates);
            json.writeEndObject();
        });
        return new LimitsJson(limits, rates, new SerializedString(buffer.toString(StandardCharsets.UTF_8)));
    }

    /** Writes each limit under the name of its setting, and the fixed ones of requests. */
    private static void limits(JsonGenerator json, Limits limits) throws IOException {
        for (Limit limit : Limit.values()) {
            long value = limit.isTime() ? WireTime.millis(limits.time(limit)) : limits.number(limit);
            json.writeNumberField(limit.wireName(), value);
        }
        for (Map.Entry<String, Integer> limit : FixedLimits.ofRequests().entrySet()) {
            json.writeNumberField(limit.getKey(), limit.getValue());
        }
    }

    private static void rates(JsonGenerator json, List<Rate> rates) throws IOException {
        json.writeObjectFieldStart("rates");
        for (Rate rate : rates) {
            json.writeObjectFieldStart(rate.name());
            json.writeNumberField("perSecond", rate.perSecond());
            json.writeNumberField("burst", rate.burst());
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
