"""Perfetto's own descriptors read what was exported for it: `python perfetto.py FOLDER`, with the packages of requirements.txt.

Perfetto's trace processor is not published as a package. So its definitions of a trace are asked (no field is unknown, none of
another type), and what its importer does with one is checked by its rules: every number that is named was told before, on one sequence;
slices of a track end in the order in which they must; flows have both ends; all is equal to the JSON of the same log.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

# Beside this file is no package: the folder that python puts first would hide the real one.
sys.path = [path for path in sys.path if Path(path or ".").resolve() != Path(__file__).resolve().parent]

from google.protobuf.unknown_fields import UnknownFieldSet
from perfetto.protos.perfetto.trace import perfetto_trace_pb2 as pb

BEGIN, END, INSTANT, COUNTER = 1, 2, 3, 4
REALTIME = 1


def check_known(message, path):
    """No field that Perfetto does not define, nor one of another type than it defines."""
    unknown = UnknownFieldSet(message)
    assert len(unknown) == 0, f"{path}: unknown fields {[field.field_number for field in unknown]}"
    for field, value in message.ListFields():
        if field.message_type is not None:
            for each in value if field.is_repeated else [value]:
                check_known(each, f"{path}.{field.name}")


class Trace:
    """What a trace processor would hold."""

    def __init__(self, data):
        self.tracks, self.threads = {}, {}
        self.names, self.keys, self.places = {}, {}, {}
        self.slices, self.instants, self.counters = [], [], defaultdict(list)
        self.flows = defaultdict(list)
        stacks, times = defaultdict(list), defaultdict(int)
        trace = pb.Trace.FromString(data)
        check_known(trace, "trace")
        first = trace.packet[0]
        assert first.sequence_flags & pb.TracePacket.SEQ_INCREMENTAL_STATE_CLEARED
        assert first.trace_packet_defaults.timestamp_clock_id == REALTIME
        assert first.clock_snapshot.primary_trace_clock == REALTIME
        assert [clock.clock_id for clock in first.clock_snapshot.clocks] == [REALTIME]
        for packet in trace.packet:
            assert packet.trusted_packet_sequence_id == first.trusted_packet_sequence_id != 0
            for table, entries in [
                (self.names, packet.interned_data.event_names),
                (self.keys, packet.interned_data.debug_annotation_names),
                (self.places, packet.interned_data.source_locations),
            ]:
                for entry in entries:
                    assert entry.iid != 0 and entry.iid not in table
                    table[entry.iid] = entry
            if packet.HasField("track_descriptor"):
                self.track(packet.track_descriptor)
            if packet.HasField("track_event"):
                assert packet.sequence_flags & pb.TracePacket.SEQ_NEEDS_INCREMENTAL_STATE
                event = packet.track_event
                assert packet.timestamp >= times[event.track_uuid], "a track goes back in time"
                times[event.track_uuid] = packet.timestamp
                self.event(packet.timestamp, event, stacks[event.track_uuid])
        assert not any(stacks.values()), "slices that never end"

    def track(self, track):
        assert track.uuid != 0 and track.uuid not in self.tracks
        assert not track.parent_uuid or track.parent_uuid in self.tracks
        self.tracks[track.uuid] = track
        if track.HasField("thread"):
            # 0 is the idle thread of every system.
            assert track.thread.tid != 0
            assert track.thread.pid == self.tracks[track.parent_uuid].process.pid
            # A thread's number says nothing without its process.
            known = [(thread.pid, thread.tid) for thread in self.threads.values()]
            assert (track.thread.pid, track.thread.tid) not in known
            self.threads[track.uuid] = track.thread

    def event(self, time, event, stack):
        track = self.tracks[event.track_uuid]
        args = {self.key(each): self.value(each) for each in event.debug_annotations}
        assert len(args) == len(event.debug_annotations)
        if event.source_location_iid:
            place = self.places[event.source_location_iid]
            args["at"] = f"{place.file_name}:{place.line_number}"
        if event.type == COUNTER:
            assert track.HasField("counter")
            kind = event.WhichOneof("counter_value_field")
            self.counters[track.name].append(getattr(event, kind))
            return
        if event.type == END:
            slice = stack.pop()
            slice["end"], slice["args"] = time, slice["args"] | args
            return
        name = self.names[event.name_iid].name if event.name_iid else event.name
        assert name and list(event.categories)
        told = {"track": event.track_uuid, "name": name, "begin": time, "end": time, "args": args, "category": event.categories[0]}
        if event.correlation_id_str:
            told["args"]["correlation"] = event.correlation_id_str
        for flow in event.flow_ids:
            self.flows[flow].append(told)
        if event.type == BEGIN:
            told["depth"] = len(stack)
            stack.append(told)
            self.slices.append(told)
        else:
            assert event.type == INSTANT
            self.instants.append(told)

    def key(self, annotation):
        return self.keys[annotation.name_iid].name if annotation.name_iid else annotation.name

    def value(self, annotation):
        if annotation.dict_entries:
            return {self.key(each): self.value(each) for each in annotation.dict_entries}
        if annotation.array_values:
            return [self.value(each) for each in annotation.array_values]
        kind = annotation.WhichOneof("value")
        assert kind is not None, f"{self.key(annotation)} has no value"
        return getattr(annotation, kind)


def check_against_json(trace, chrome):
    """The same slices as in the other timeline of the log."""
    base = chrome["otherData"]["zero_ns"]
    expected, stacks = Counter(), defaultdict(list)
    for event in chrome["traceEvents"]:
        time = base + round(event["ts"] * 1000)
        thread = (event["pid"], event["tid"])
        if event["ph"] == "B":
            stacks[thread].append((event["name"], time))
        elif event["ph"] == "E":
            name, began = stacks[thread].pop()
            expected[(*thread, len(stacks[thread]), name, began, time, event["args"]["outcome"])] += 1
    found = Counter(
        (trace.threads[s["track"]].pid, trace.threads[s["track"]].tid, s["depth"], s["name"], s["begin"], s["end"], s["args"]["outcome"])
        for s in trace.slices
        if s["track"] in trace.threads
    )
    assert found == expected, (found - expected, expected - found)
    counters = Counter(event["name"] for event in chrome["traceEvents"] if event["ph"] == "C")
    assert {name: len(values) for name, values in trace.counters.items()} == dict(counters)
    instants = [event for event in chrome["traceEvents"] if event["ph"] == "i"]
    assert sorted(event["name"] for event in instants) == sorted(instant["name"] for instant in trace.instants)


def check_made(trace):
    """What the log that is made must show."""
    of = lambda name: [s for s in trace.slices if s["name"] == name and s["track"] in trace.threads]
    first, second, third = of("shop::serve")
    assert first["track"] != third["track"]
    hops = [[s for s in flow if s["category"] == "call"] for flow in trace.flows.values()]
    assert [first, third] in hops and [second] in hops
    message = [flow for flow in trace.flows.values() if flow[0]["category"] == "message"]
    assert [[each["name"] for each in flow] for flow in message] == [["sent: orders", "received: orders"]]
    assert trace.counters == {"queue length": [12], "ratio": [0.25]}
    tasks = [s for s in trace.slices if s["category"] == "async"]
    assert sorted(s["args"]["outcome"] for s in tasks) == ["cancelled", "returned"]
    odd = next(s for s in trace.slices if "as Odd" in s["name"])
    args = odd["args"]["args"]
    assert args["nan"] == "NaN" and args["big"] == str(2**128 - 1) and args["low"] == str(-(2**127))
    assert args["text"] == "a\0b\x7f\"\\\n</script>]]>\u2029µ\U0001f600", args["text"]
    assert args["cut"].startswith("long long") and args["cut"].endswith("…")
    assert args["list"] == [1, 2, 3] and args["map"] == {"$key.a[0]": True, "-7": "None"} and args["empty"] == "[]"
    assert args["made"] == {"$type": "Order", "id": 7, "note": "x", "rate": 0.5}
    assert args["secret"] == "<redacted>" and re.fullmatch(r"[0-9a-f-]{36}", odd["args"]["correlation"])
    early = next(s for s in of("shop::work") if s["args"]["outcome"] == "early")
    assert early["args"]["value"] == {"Err": "sold out"} and early["args"]["exit_line"] == 25
    assert any(instant["args"].get("count") == 17 for instant in trace.instants)


def check_several(trace):
    """Two processes that have the same number: nothing of one is on a track of another, but for a message."""
    processes = {uuid: track.process for uuid, track in trace.tracks.items() if track.HasField("process")}
    pids = [process.pid for process in processes.values()]
    assert pids == [4711, 4712], pids
    assert all(len(process.process_labels) == 1 for process in processes.values())
    own = lambda told: trace.tracks[told["track"]].parent_uuid
    for flow in trace.flows.values():
        assert len({own(told) for told in flow}) == (2 if flow[0]["category"] == "message" else 1)
    message = [flow for flow in trace.flows.values() if flow[0]["category"] == "message"]
    assert [len(flow) for flow in message] == [3]


def main(folder):
    for log in ["made", "recorded", "golden", "several"]:
        trace = Trace((folder / f"{log}.pftrace").read_bytes())
        check_against_json(trace, json.loads((folder / f"{log}.trace.json").read_text()))
        process = [track.process for track in trace.tracks.values() if track.HasField("process")]
        assert all(each.process_name for each in process)
        if log == "several":
            check_several(trace)
        else:
            assert len(process) == 1
        if log == "made":
            check_made(trace)
        print(f"perfetto: {log}: {len(trace.slices)} slices, {len(trace.instants)} instants, {len(trace.flows)} flows")


main(Path(sys.argv[1]))
