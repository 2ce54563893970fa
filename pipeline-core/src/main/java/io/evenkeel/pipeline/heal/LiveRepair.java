package io.evenkeel.pipeline.heal;

import io.evenkeel.healing.Heal;
import io.evenkeel.healing.HealingOutcome;
import io.evenkeel.healing.MissingElement;
import io.evenkeel.healing.Project;
import io.evenkeel.healing.match.Ranking;
import io.evenkeel.healing.match.Tier;
import io.evenkeel.healing.patch.Patch;
import io.evenkeel.healing.snapshot.DomSnapshot;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.synthesis.Locator;
import io.evenkeel.pipeline.protocol.RunEvent.HealDecision;
import io.evenkeel.pipeline.protocol.RunEvent.HealEvent;
import io.evenkeel.pipeline.protocol.RunEvent.HealLocator;
import io.evenkeel.pipeline.protocol.RunEvent.HealMoment;
import io.evenkeel.pipeline.protocol.RunEvent.HealSubject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Decides, while a test waits, whether it may go on with another locator.
 *
 * <p>Only what would be repaired by itself after the run: known from a passing run, sure, nothing that deletes or pays, an edit that can be made, and not
 * rejected by a person before. Without a proof by re-runs it is a suggestion all the same. Thread-safe.
 */
public final class LiveRepair {

    private final Function<MissingElement, HealingOutcome> healer;
    private final ProjectSources sources;
    private final HealJob.Memory memory;
    private final SourcePlaces places;
    private final LongSupplier ticker;

    /**
     * @param healer searches one page; thread-safe
     * @param sources the test sources
     * @param memory what is known from before
     * @param places where the files that run lie in the project
     * @param ticker nanoseconds since any fixed moment
     */
    public LiveRepair(
            Function<MissingElement, HealingOutcome> healer,
            ProjectSources sources,
            HealJob.Memory memory,
            SourcePlaces places,
            LongSupplier ticker) {
        this.healer = healer;
        this.sources = sources;
        this.memory = memory;
        this.places = places;
        this.ticker = ticker;
    }

    /**
     * A call that waits.
     *
     * @param test Playwright's id
     * @param call its locator, action and place
     * @param testIdAttribute of {@code getByTestId}
     * @param page as it is
     */
    public record Asked(String test, MissingElement.Call call, String testIdAttribute, DomSnapshot page) {}

    /** What the test may do. */
    public sealed interface Decision {

        /** Returns the result of the function of this variant. */
        <T> T match(Function<Repaired, T> repaired, Function<Left, T> left);

        /** Go on with this locator; the event is true once the action is done. */
        record Repaired(Locator locator, HealEvent event) implements Decision {
            @Override
            public <T> T match(Function<Repaired, T> repaired, Function<Left, T> left) {
                return repaired.apply(this);
            }
        }

        /** Go on waiting; the reason is for people. */
        record Left(String reason) implements Decision {
            @Override
            public <T> T match(Function<Repaired, T> repaired, Function<Left, T> left) {
                return left.apply(this);
            }
        }
    }

    /** Decides on one call; bad evidence is a reason to leave it. */
    public Decision decide(Asked asked) {
        long begin = ticker.getAsLong();
        CallSite place = asked.call().place();
        CallSite here = new CallSite(places.inProject(place.file()), place.line(), place.column());
        HealingOutcome outcome = healer.apply(new MissingElement(
                new MissingElement.Call(asked.call().locator(), asked.call().action(), here),
                asked.page(),
                memory.references(),
                new Project(sources.root().toString(), asked.testIdAttribute(), sources)));
        return outcome.match(
                healed -> sure(asked, healed.heal(), outcome, ticker.getAsLong() - begin),
                ambiguous -> new Decision.Left("Several elements may be meant."),
                notFound -> new Decision.Left(notFound.reason()),
                refused -> new Decision.Left(refused.reason()),
                unsupported -> new Decision.Left(unsupported.reason()));
    }

    private Decision sure(Asked asked, Heal heal, HealingOutcome outcome, long nanos) {
        Optional<Patch> edit = heal.patch().match(proposed -> Optional.of(proposed.patch()), r -> Optional.empty());
        Optional<Locator> locator = Locator.parse(heal.locator());
        if (heal.tier() != Tier.AUTO || edit.isEmpty() || locator.isEmpty()) {
            return new Decision.Left("Not sure enough to go on by itself: " + heal.locator() + ".");
        }
        Patch patch = edit.get();
        String original = asked.call().locator();
        Optional<String> rejected =
                memory.decisions().rejected(new PastDecisions.Change(patch.file(), original, heal.locator()));
        if (rejected.isPresent()) {
            return new Decision.Left(rejected.get());
        }
        Ranking ranking = outcome.diagnosis().ranking();
        HealEvent event = new HealEvent(
                new HealSubject(
                        asked.test(),
                        patch.file(),
                        patch.definition().site().line(),
                        HealReport.cause(outcome),
                        Optional.empty()),
                new HealLocator(
                        original,
                        Optional.of(heal.locator()),
                        HealReport.strategy(ranking),
                        HealReport.signals(ranking)),
                new HealDecision(
                        heal.confidence(),
                        HealResult.SUGGESTION,
                        "The test went on with " + heal.element() + ". No re-run has proven it.",
                        Duration.ofNanos(nanos),
                        HealMoment.LIVE),
                Optional.empty(),
                sources.read(patch.file()).map(bytes -> UnifiedDiff.of(patch, bytes)));
        return new Decision.Repaired(locator.get(), event);
    }
}
