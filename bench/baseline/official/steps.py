"""What is done, in order."""

STEPS = [
    {"name": "Neck rolls", "instruction": "Let your chin sink to your chest, and roll it slowly from side to side."},
    {"name": "Shoulder circles", "instruction": "Lift your shoulders, draw them back, and let them down again."},
    {"name": "The reach", "instruction": "Stretch one arm to the ceiling, and then the other one."},
    {"name": "The side bend", "instruction": "Put a hand on your hip, and lean over it with the other arm."},
    {"name": "The fold", "instruction": "Bend your knees a little, and let your upper body hang down."},
    {"name": "The calf stretch", "instruction": "Put one foot back, and press its heel into the floor."},
    {"name": "The quad stretch", "instruction": "Hold on to a wall, and draw one heel towards you."},
    {"name": "The cat", "instruction": "On hands and knees, round your back, and let it sink again."},
    {"name": "The child", "instruction": "Sit back on your heels, with your arms far in front of you."},
    {"name": "The rest", "instruction": "Lie on your back, close your eyes, and let your breath come and go."},
]
