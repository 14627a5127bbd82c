"""The state classifier of administrative-territorial units (KATO), read and compared.

Pure Python: no database and no clock. A file becomes a ``Classifier`` (``parse``), a classifier and
the territory as it stands become a ``Difference`` (``difference``); the service of the territory
writes it down.
"""
