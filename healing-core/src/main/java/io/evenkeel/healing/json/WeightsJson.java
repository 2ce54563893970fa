package io.evenkeel.healing.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.healing.match.Calibration;
import io.evenkeel.healing.match.Signal;
import io.evenkeel.healing.match.Tier;
import io.evenkeel.healing.match.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Weights by signal name, so that a file and the code cannot drift apart unnoticed. Pure and thread-safe.
 *
 * <p>{@code {"signals":{"text equal":{"value":1.2,"missing":0,"lead":0.4,"noneBest":-1,"noneMissing":0.1}},"none":0.3,
 * "calibration":[[0,0],[1,1]],"suggestionFloor":0.5}}
 */
public final class WeightsJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private WeightsJson() {}

    /** Reads the weights shipped with the library: {@code reference} or {@code no-reference}. */
    public static Weights shipped(String model, List<Signal> signals) {
        String name = "weights-" + model + ".json";
        try (InputStream in = WeightsJson.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "The resource (" + name + ") of healing-core must be on the class path.");
            }
            return read(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8), signals);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads weights.
     *
     * @throws IllegalArgumentException if a signal has no weights or the text is no such JSON
     */
    public static Weights read(String json, List<Signal> signals) {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (IOException e) {
            throw new IllegalArgumentException("The weights must be JSON.", e);
        }
        double[] candidate = new double[3 * signals.size()];
        double[] none = new double[1 + 2 * signals.size()];
        none[0] = root.path("none").asDouble();
        for (int s = 0; s < signals.size(); s++) {
            JsonNode weights = root.path("signals").path(signals.get(s).name());
            if (weights.isMissingNode()) {
                throw new IllegalArgumentException(
                        "The weights must name the signal (" + signals.get(s).name()
                                + ").\nMaybe they were trained with another version; train them again.");
            }
            candidate[3 * s] = weights.path("value").asDouble();
            candidate[3 * s + 1] = weights.path("missing").asDouble();
            candidate[3 * s + 2] = weights.path("lead").asDouble();
            none[1 + 2 * s] = weights.path("noneBest").asDouble();
            none[2 + 2 * s] = weights.path("noneMissing").asDouble();
        }
        List<Calibration.Knot> knots = new ArrayList<>();
        for (JsonNode knot : root.path("calibration")) {
            knots.add(new Calibration.Knot(knot.get(0).asDouble(), knot.get(1).asDouble()));
        }
        double floor = root.path("suggestionFloor").asDouble(Tier.SUGGESTION_FLOOR);
        return new Weights(candidate, none, new Calibration(knots, floor));
    }

    /** Writes weights with four decimals. */
    public static String write(Weights weights, List<Signal> signals) {
        double[] candidate = weights.candidate();
        double[] none = weights.none();
        ObjectNode root = MAPPER.createObjectNode();
        root.put("none", round(none[0]));
        ObjectNode bySignal = root.putObject("signals");
        for (int s = 0; s < signals.size(); s++) {
            bySignal.putObject(signals.get(s).name())
                    .put("value", round(candidate[3 * s]))
                    .put("missing", round(candidate[3 * s + 1]))
                    .put("lead", round(candidate[3 * s + 2]))
                    .put("noneBest", round(none[1 + 2 * s]))
                    .put("noneMissing", round(none[2 + 2 * s]));
        }
        ArrayNode knots = root.putArray("calibration");
        for (Calibration.Knot knot : weights.calibration().knots()) {
            knots.addArray().add(round(knot.raw())).add(round(knot.calibrated()));
        }
        root.put("suggestionFloor", round(weights.calibration().suggestionFloor()));
        return root.toPrettyString();
    }

    private static double round(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
